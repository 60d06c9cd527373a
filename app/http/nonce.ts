import { createContext } from "react";

/** The nonce of this page's Content-Security-Policy; empty in the browser, which hides nonces from scripts. */
export const NonceContext = createContext<string | undefined>(undefined);

/** The name of this request in the log, for a page that could not be made; empty in the browser, which leaves what was sent. */
export const ReferenceContext = createContext<string | undefined>(undefined);
