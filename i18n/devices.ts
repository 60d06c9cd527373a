import { devices as en } from "./en/devices.ts";
import { devices as fr } from "./fr/devices.ts";
import { inBoth } from "./locale.ts";

export const devicesWords = inBoth(fr, en);
