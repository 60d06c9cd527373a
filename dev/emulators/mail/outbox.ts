import { type CaughtMail, withLinks } from "./letters.ts";
import type { Tongue } from "./words.ts";

/** How often the list looks for new letters by itself, in seconds. */
const REFRESH_SECONDS = 5;

export function listPage(letters: CaughtMail[], tongue: Tongue): string {
  const { words } = tongue;
  const bar = `<div class="bar"><span>${words.count(letters.length)}</span>
<form method="post" action="/clear"><button>${words.clear}</button></form></div>`;
  const list = `<ul class="letters">${letters.map((mail) => row(mail, tongue)).join("")}</ul>`;
  const empty = `<div class="empty"><h2>${words.emptyTitle}</h2><p>${words.empty}</p></div>`;
  return page(
    tongue,
    letters.length > 0 ? `(${letters.length}) ${words.title}` : words.title,
    `<header><h1>${words.title}</h1><p class="intro">${words.intro}</p></header>
<main>${letters.length > 0 ? bar + list : `<div class="bar"></div>${empty}`}</main>`,
    `<meta http-equiv="refresh" content="${REFRESH_SECONDS}">`,
  );
}

function row(mail: CaughtMail, tongue: Tongue): string {
  return `<li><a href="/mail/${mail.id}"><strong>${html(mail.subject || tongue.words.noSubject)}</strong>
${time(mail, tongue)}<span>${tongue.words.to} ${html(mail.to.join(", "))}</span></a></li>`;
}

export function letterPage(mail: CaughtMail, tongue: Tongue): string {
  const { words } = tongue;
  const subject = mail.subject || words.noSubject;
  const text = `<div class="text">${clickable(mail.text)}</div>`;
  return page(
    tongue,
    subject,
    `<nav><a href="/">← ${words.back}</a></nav>
<main><h1>${html(subject)}</h1>
<dl><dt>${words.from}</dt><dd>${html(mail.from)}</dd>
<dt>${words.to}</dt><dd>${html(mail.to.join(", "))}</dd>
<dt>${words.at}</dt><dd>${time(mail, tongue)}</dd></dl>
${mail.html === null ? text : `${framed(mail.html, words.frame)}<details><summary>${words.asText}</summary>${text}</details>`}
<p><a href="/mail/${mail.id}.eml">${words.source}</a></p></main>`,
  );
}

export function absentPage(tongue: Tongue): string {
  const { words } = tongue;
  return page(
    tongue,
    words.title,
    `<nav><a href="/">← ${words.back}</a></nav><main><h1>${words.absent}</h1></main>`,
  );
}

/**
 * The letter's own page, in a frame that runs no script, sends no form and has no origin. Its links open beside, in a
 * window that is free again: a sign-in link must work.
 */
function framed(source: string, title: string): string {
  const inside = `<base target="_blank">${source}`;
  return `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" title="${html(title)}" srcdoc="${html(inside)}"></iframe>`;
}

function clickable(text: string): string {
  return withLinks(text)
    .map((piece) =>
      piece.link
        ? `<a href="${html(piece.text)}" target="_blank" rel="noopener">${html(piece.text)}</a>`
        : html(piece.text),
    )
    .join("");
}

function time(mail: CaughtMail, tongue: Tongue): string {
  return `<time datetime="${mail.at.toISOString()}">${html(tongue.date.format(mail.at))}</time>`;
}

function page(tongue: Tongue, title: string, body: string, head = ""): string {
  return `<!doctype html>
<html lang="${tongue.code}-CA"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}
<title>${html(title)}</title><link rel="stylesheet" href="/outbox.css"></head><body>${body}</body></html>`;
}

function html(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
