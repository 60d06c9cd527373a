/**
 * Where Stripe sends a Canadian or European platform's transfers by itself: the United States, the United Kingdom, the European
 * Economic Area, Canada and Switzerland (Stripe's documentation, "Cross-border payouts").
 */
export const servedCountries = [
  ...["CA", "FR", "US", "GB", "CH", "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GR"],
  ...[
    "HR",
    "HU",
    "IE",
    "IS",
    "IT",
    "LI",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "NO",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
  ],
] as const;

/** Whether money can go by itself to a bank of this country, two letters. */
export const isServed = (country: string): boolean =>
  (servedCountries as readonly string[]).includes(country.toUpperCase());
