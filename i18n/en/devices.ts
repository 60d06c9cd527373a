import type { devices as fr } from "../fr/devices.ts";

export const devices: typeof fr = {
  title: "My devices",
  lead: "Open your library in your e-reader or your music player. Each device gets a password of its own: if you lose one, shut the door on it and leave the others alone.",
  fromLibrary: "Open it in an e-reader or a music player",
  toLibrary: "My library",
  listTitle: "Devices that may come in",
  emptyTitle: "No device yet",
  empty: "Add one below: it takes a minute.",
  kinds: { reader: "Books (OPDS)", player: "Music (OpenSubsonic)" },
  since: (date) => `Added on ${date}`,
  used: (when) => `last seen ${when}`,
  neverUsed: "never seen",
  revoke: "End access",
  revoked: (name) => `“${name}” no longer opens your library.`,
  addTitle: "Add a device",
  name: "Name of the device",
  nameHint: "To know it in the list: “Living-room e-reader”, “Phone”.",
  kind: "What it opens",
  kindHints: {
    reader: "An e-reader or a reading app: KOReader, Thorium, Moon+ Reader…",
    player: "A music app: Symfonium, Tempo, Feishin, Amperfy, play:Sub…",
  },
  submit: "Make a password",
  made: {
    title: (name) => `The password of “${name}”`,
    once: "It is shown only once. Copy it into the device now; if it gets lost, simply make another.",
    address: "Address",
    login: "Username",
    password: "Password",
    again:
      "This device is in the list already, and its password has been shown. If it is lost, end its access and add the device again.",
  },
  help: {
    title: "How to set it up",
    reader: {
      title: "On an e-reader",
      steps: [
        "In the app, look for “OPDS catalogue” or “Add a catalogue”.",
        "Enter the address below, then your e-mail address and the password of the device.",
        "Your books appear; tap one to download it. What you buy next comes by itself.",
      ],
      apps: [
        "KOReader: magnifier › OPDS catalog › +; paste the address, the username and the password.",
        "Thorium Reader: Catalogs › Add an OPDS feed; it asks for the password when first opened.",
        "Moon+ Reader: Net Library › Add a catalogue; tick “login”.",
      ],
      json: "For apps that read OPDS 2.0:",
    },
    player: {
      title: "In a music player",
      steps: [
        "In the app, add a “Subsonic” or “OpenSubsonic” server.",
        "Enter the address below, your e-mail address and the password of the device.",
        "Your albums appear with their covers. Favourites, ratings and playlists are kept here, from one device to the next.",
      ],
      apps: [
        "Symfonium (Android): Add a provider › Subsonic / OpenSubsonic.",
        "Amperfy and play:Sub (iPhone): enter the address as it is, without /rest at the end.",
        "Feishin (computer): choose “Subsonic” as the type of server.",
      ],
    },
    safe: "These passwords open your purchases and nothing else: not your account, not your payments, not the studio.",
  },
  feed: {
    title: "My library · ventes.coop",
    authTitle: "My library on ventes.coop",
    authDescription:
      "Enter your e-mail address and the password that you made for this device on the page “My devices”.",
    login: "E-mail address",
    password: "Password of the device",
    shelves: { all: "All my purchases", books: "My books", music: "My music" },
    count: (n) => (n === 1 ? "1 work" : `${n} works`),
    found: (words) => `My library: “${words}”`,
    searchDescription: "Search my purchases, by title or name.",
  },
};
