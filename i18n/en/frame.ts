import type { frame as fr } from "../fr/frame.ts";

export const frame: typeof fr = {
  siteName: "ventes.coop",
  tagline: "Books and music, sold by the people who make them",
  skip: "Skip to content",
  nav: {
    label: "Main navigation",
    browse: "Works",
    books: "Books",
    albums: "Music",
    coops: "Co-ops",
    about: "About",
    cart: "Cart",
    cartCount: (n) => (n === 0 ? "empty" : n === 1 ? "1 work" : `${n} works`),
    library: "Library",
    studio: "Studio",
    desk: "Desk",
    office: "Office",
    signIn: "Sign in",
    signOut: "Sign out",
    account: "My account",
    menu: "Menu",
  },
  search: {
    label: "Search for a work or a person",
    submit: "Search",
    placeholder: "Title, person, subject…",
    suggestions: "Suggestions",
    found: (n) =>
      n === 0
        ? "No suggestion"
        : n === 1
          ? "1 suggestion, arrow down to choose it"
          : `${n} suggestions, arrows to choose`,
    noun: { work: "", agent: "person", coop: "co-operative" },
  },
  otherLanguage: "Français",
  foot: {
    outbox: "Demo mail",
    promise: "Every sale is shared at once, by the rules that the co-op itself voted.",
    free: "Free software, licensed under the AGPL 3.0 or later.",
  },
  errors: {
    notFoundTitle: "This page is not on our shelves",
    notFound:
      "The address may have changed, or the work was withdrawn. Nothing is lost: what you bought stays in your library.",
    forbiddenTitle: "This door is reserved",
    forbidden: "Your account has no access to this page.",
    tooManyTitle: "One moment, please",
    tooMany: "Too many requests at once. Wait a few minutes, then try again.",
    brokenTitle: "Something broke on our side",
    broken:
      "It is not your fault, and nothing is lost. Try again in a moment; if it goes on, write to your co-op.",
    home: "Back to the front page",
    reference: (id) => `Reference: ${id}`,
  },
  forms: {
    required: "This field is needed.",
    email: "This e-mail address is not complete.",
    number: "Enter a number.",
    money: "Enter an amount, such as 12.50.",
    tooLong: "That is too long.",
    invalid: "This value does not fit.",
    summary: "A few fields need attention.",
    optional: "optional",
    save: "Save",
    saved: "Saved",
    saving: "Saving…",
    cancel: "Cancel",
    back: "Back",
    next: "Continue",
  },
};
