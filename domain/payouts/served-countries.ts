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

/** The others, by their codes (ISO 3166-1): a member may have a bank anywhere. */
export const otherCountries = (
  "AD AE AF AG AI AL AM AO AR AS AU AW AX AZ BA BB BD BF BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CD CF CG CI CK CL CM CN CO CR " +
  "CU CV CW DJ DM DO DZ EC EG ER ET FJ FK FM FO GA GD GE GF GG GH GI GL GM GN GP GQ GT GU GW GY HK HN HT ID IL IM IN IQ IR JE JM " +
  "JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LK LR LS LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MU MV MW MX MY MZ " +
  "NA NC NE NF NG NI NP NR NU NZ OM PA PE PF PG PH PK PM PR PS PW PY QA RE RS RU RW SA SB SC SD SG SH SM SN SO SR SS ST SV SX SY " +
  "SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
).split(" ");
