/** What a browser says of itself, as a person would: which one, and on what. Null where it cannot be told. */
export function browserName(userAgent: string | null): { browser: string | null; system: string | null } {
  const said = userAgent ?? "";
  const first = (names: readonly (readonly [RegExp, string])[]) =>
    names.find(([shape]) => shape.test(said))?.[1] ?? null;
  // In this order: most claim to be Safari, and many to be Chrome.
  return { browser: first(browsers), system: first(systems) };
}

const browsers = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Headless)?(Chrome|Chromium|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
] as const;
const systems = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
] as const;
