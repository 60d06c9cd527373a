import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { browsing } from "./subsonic-browse.server.ts";
import { type Call, enterByPlayer, readAsked } from "./subsonic-call.server.ts";
import { answerFailed, answerOk, openToApps, type Payload, SubsonicFailure } from "./subsonic-envelope.ts";
import { media } from "./subsonic-media.server.ts";
import { keeping } from "./subsonic-own.server.ts";

const extensions = [
  { name: "apiKeyAuthentication", versions: [1] },
  { name: "formPost", versions: [1] },
  { name: "songLyrics", versions: [1] },
];

/** What is not kept here is empty, and said so. */
const empty: Record<string, Payload> = {
  getNowPlaying: { nowPlaying: { entry: [] } },
  getPodcasts: { podcasts: { channel: [] } },
  getNewestPodcasts: { newestPodcasts: { episode: [] } },
  getInternetRadioStations: { internetRadioStations: { internetRadioStation: [] } },
  getBookmarks: { bookmarks: { bookmark: [] } },
  getShares: { shares: { share: [] } },
  getVideos: { videos: { video: [] } },
  getChatMessages: { chatMessages: { chatMessage: [] } },
  getPlayQueue: {},
  getArtistInfo: { artistInfo: {} },
  getArtistInfo2: { artistInfo2: {} },
  getAlbumInfo: { albumInfo: {} },
  getAlbumInfo2: { albumInfo: {} },
  getSimilarSongs: { similarSongs: { song: [] } },
  getSimilarSongs2: { similarSongs2: { song: [] } },
  getTopSongs: { topSongs: { song: [] } },
};

/** Calls of the protocol that a private library has no use for: « not authorized », rather than a lie. */
const notOffered = new Set(
  `createShare updateShare deleteShare refreshPodcasts createPodcastChannel deletePodcastChannel deletePodcastEpisode
  downloadPodcastEpisode jukeboxControl createInternetRadioStation updateInternetRadioStation deleteInternetRadioStation
  addChatMessage getUsers createUser updateUser deleteUser changePassword createBookmark deleteBookmark savePlayQueue
  getVideoInfo getCaptions hls getAvatar`.split(/\s+/),
);

const talking: Record<string, (call: Call) => Promise<Payload>> = {
  ping: async () => ({}),
  getLicense: async () => ({ license: { valid: true } }),
  tokenInfo: async ({ owner }) => ({ tokenInfo: { username: owner.email } }),
  getUser: async ({ owner }) => ({
    user: {
      username: owner.email,
      email: owner.email,
      ...{ scrobblingEnabled: true, downloadRole: true, playlistRole: true, streamRole: true },
      ...{
        adminRole: false,
        settingsRole: false,
        uploadRole: false,
        coverArtRole: false,
        commentRole: false,
      },
      ...{ podcastRole: false, jukeboxRole: false, shareRole: false, videoConversionRole: false },
      folder: [1],
    },
  }),
  ...Object.fromEntries(Object.entries(empty).map(([name, payload]) => [name, async () => payload])),
  ...browsing,
  ...keeping,
};

/** OpenSubsonic: the music of one's own purchases, for any player that speaks it. `/rest/ping` and `/rest/ping.view` are one. */
async function answer({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: openToApps });
  const asked = await readAsked(request);
  const format = asked.get("f");
  const name = (params.call ?? "").replace(/\.view$/, "");
  try {
    // How to come in, and what is understood: for everybody, so that an app can ask before it has a password.
    if (name === "getOpenSubsonicExtensions") return answerOk(format, { openSubsonicExtensions: extensions });
    const owner = await enterByPlayer({ context }, asked);
    const call = { asked, owner, request, context };
    if (Object.hasOwn(media, name)) return await media[name]!(call);
    if (Object.hasOwn(talking, name)) return answerOk(format, await talking[name]!(call));
    if (notOffered.has(name)) throw new SubsonicFailure(50);
    throw new SubsonicFailure(0, "There is no such call.", 404);
  } catch (error) {
    if (error instanceof SubsonicFailure) return answerFailed(format, error);
    throw error;
  }
}

export const loader = (args: LoaderFunctionArgs) => answer(args);
export const action = (args: ActionFunctionArgs) => answer(args);
