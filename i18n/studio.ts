import { studio as en } from "./en/studio.ts";
import { studioFiles as filesEn } from "./en/studio-files.ts";
import { studioMoney as moneyEn } from "./en/studio-money.ts";
import { studioRecord as recordEn } from "./en/studio-record.ts";
import { uploadReasons as reasonsEn } from "./en/upload-reasons.ts";
import { studio as fr } from "./fr/studio.ts";
import { studioFiles as filesFr } from "./fr/studio-files.ts";
import { studioMoney as moneyFr } from "./fr/studio-money.ts";
import { studioRecord as recordFr } from "./fr/studio-record.ts";
import { uploadReasons as reasonsFr } from "./fr/upload-reasons.ts";
import { inBoth } from "./locale.ts";

export const studioWords = inBoth(fr, en);
export const studioFilesWords = inBoth(filesFr, filesEn);
export const studioRecordWords = inBoth(recordFr, recordEn);
export const studioMoneyWords = inBoth(moneyFr, moneyEn);
export const uploadReasonWords = inBoth(reasonsFr, reasonsEn);
