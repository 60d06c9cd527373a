/** In an entry, the place of all the accounts that are not one's to see: with it the entry still sums to zero. */
export const elsewhere = "elsewhere";
