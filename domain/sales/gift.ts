/** What a buyer says of a gift: who it is for, and when it is told. */
export type GiftWish = {
  /** Of whom it is for. */
  name: string;
  email: string;
  /** How the buyer signs. */
  fromName: string;
  note: string;
  /** Null: as soon as it is paid. */
  deliverAt: Date | null;
};

/** A letter of a gift goes out within a year: nobody remembers what they asked for later. */
export const mostGiftDays = 366;
