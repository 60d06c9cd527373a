import { createContext } from "react";

/** The nonce of this page's Content-Security-Policy; empty in the browser, which hides nonces from scripts. */
export const NonceContext = createContext<string | undefined>(undefined);
