import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

/** While something outside is awaited, the page looks again every two seconds, for half a minute. Without scripts one reloads. */
export function useLookAgain(waiting: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!waiting) return;
    let left = 15;
    const timer = setInterval(() => {
      left -= 1;
      if (left < 0) clearInterval(timer);
      else if (document.visibilityState === "visible") revalidate();
    }, 2000);
    return () => clearInterval(timer);
  }, [waiting, revalidate]);
}
