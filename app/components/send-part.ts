/** What went wrong with one part: the link is no longer good (ask for another), or the network (try again). */
export class PartFailure extends Error {
  readonly kind: "link" | "network" | "aborted";
  constructor(kind: "link" | "network" | "aborted") {
    super(kind);
    this.kind = kind;
  }
}

/** Silence for this long is a cut, even where the browser has not noticed: a laptop that changes networks. */
const silenceMs = 45_000;

/**
 * PUTs one part to its signed link; `onProgress` hears how many of its bytes have left. XMLHttpRequest, because fetch still does not
 * tell how far an upload is.
 */
export function sendPart(
  url: string,
  body: Blob,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (bytes: number) => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new PartFailure("aborted"));
    const request = new XMLHttpRequest();
    let watch: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), silenceMs);
    };
    const end = (failure?: PartFailure) => {
      clearTimeout(watch);
      signal.removeEventListener("abort", stop);
      if (failure) reject(failure);
      else resolve();
    };
    const stop = () => request.abort();
    signal.addEventListener("abort", stop);
    request.upload.onprogress = ({ loaded }) => {
      listen();
      onProgress(loaded);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        onProgress(body.size);
        end();
      } else {
        end(new PartFailure(request.status >= 400 && request.status < 500 ? "link" : "network"));
      }
    };
    request.onerror = () => end(new PartFailure("network"));
    request.onabort = () => end(new PartFailure(signal.aborted ? "aborted" : "network"));
    request.open("PUT", url);
    listen();
    request.send(body);
  });
}
