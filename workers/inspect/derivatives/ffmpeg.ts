import { spawn } from "node:child_process";
import { PRLIMIT } from "../confine.ts";

export class NoFfmpeg extends Error {}
export class FfmpegFailed extends Error {}

/** The demuxer is told, not guessed: guessing is how a « song » becomes a playlist that opens other files. */
const DEMUXERS: Record<string, string> = {
  "audio/mpeg": "mp3",
  "audio/flac": "flac",
  "audio/ogg": "ogg",
  "audio/opus": "ogg",
  "audio/wav": "wav",
  "audio/aiff": "aiff",
  "audio/mp4": "mov",
};

const LARGEST_OUTPUT = 32 * 1_048_576;

/** What a run may take: seconds of the processor (by the clock, a third more), and bytes of a file that it writes. */
export type Bounds = { seconds: number; fileBytes: number };
const OF_A_PREVIEW: Bounds = { seconds: 60, fileBytes: 64 * 1_048_576 };

/** The arguments that open a stranger's sound: local file only, its own demuxer, first sound stream, no picture. */
export function input(path: string, mediaType: string): string[] {
  return [...opened(path, mediaType), "-map", "0:a:0", ...soundAlone];
}

/** The same without saying which stream goes where: for a run that writes several files. */
export function opened(path: string, mediaType: string): string[] {
  const demuxer = DEMUXERS[mediaType];
  if (!demuxer) throw new FfmpegFailed(`no demuxer for ${mediaType}`);
  return ["-protocol_whitelist", "file,pipe", "-f", demuxer, "-i", `file:${path}`];
}

/** Of a file that is written: nothing but the sound, and no word of the source. */
export const soundAlone: readonly string[] = ["-vn", "-sn", "-dn", "-map_metadata", "-1"];

/** Runs ffmpeg, bounded; answers what it wrote on its two outputs. Throws `NoFfmpeg` where there is none. */
export function ffmpeg(
  programme: string,
  args: string[],
  workDir: string,
  { seconds, fileBytes }: Bounds = OF_A_PREVIEW,
): Promise<{ stdout: Buffer; stderr: string }> {
  const command = ["-nostdin", "-hide_banner", "-y", "-threads", "1", ...args];
  const limits = ["--core=0", `--fsize=${fileBytes}`, `--cpu=${seconds}`, "--nofile=64", "--as=2147483648"];
  return new Promise((settle, fail) => {
    const child = spawn(PRLIMIT ?? programme, PRLIMIT ? [...limits, programme, ...command] : command, {
      cwd: workDir,
      env: { PATH: process.env.PATH ?? "/usr/bin:/bin", LANG: "C.UTF-8", NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    let length = 0;
    let stderr = "";
    const clock = setTimeout(() => child.kill("SIGKILL"), (seconds * 1000 * 4) / 3);
    child.stdout.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > LARGEST_OUTPUT) child.kill("SIGKILL");
      else chunks.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr = (stderr + chunk.toString("utf8")).slice(-20_000);
    });
    child.on("error", (problem: NodeJS.ErrnoException) => {
      clearTimeout(clock);
      fail(problem.code === "ENOENT" ? new NoFfmpeg(programme) : problem);
    });
    child.on("close", (code) => {
      clearTimeout(clock);
      if (code === 0) settle({ stdout: Buffer.concat(chunks), stderr });
      // prlimit itself says 127 or « failed to execute » when there is no such programme.
      else if (code === 127 || /failed to execute/.test(stderr)) fail(new NoFfmpeg(programme));
      else fail(new FfmpegFailed(stderr.slice(-500)));
    });
  });
}
