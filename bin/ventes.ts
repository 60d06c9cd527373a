/** The command line of the house: `npm run -s ventes -- COMMAND …`. Each command is a file beside this one's folder. */
import { SettingsError } from "#gateways/env.ts";

const commands: Record<string, { words: string; load: () => Promise<(args: string[]) => Promise<number>> }> =
  {
    inspect: {
      words: "inspect FILE… [--json] [--covers FOLDER]   reads books, tracks and pictures as the worker does",
      load: async () => (await import("./commands/inspect.ts")).inspect,
    },
    export: {
      words:
        "export --format onix|csv|json-ld [--coop SLUG] [--all] [--to FILE]; export --format ddex --work SLUG   the catalogue, or an album, as a file",
      load: async () => (await import("./commands/export.ts")).exportCommand,
    },
    import: {
      words:
        "import FILE|FOLDER --coop SLUG [--dry-run] [--member SLUG] [--map HEADING=column,…]   ONIX 3.x or CSV, and the files beside it, into the catalogue",
      load: async () => (await import("./commands/import.ts")).importCommand,
    },
  };

async function main([name, ...args]: string[]): Promise<number> {
  const command = name && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return (await command.load())(args);
  const list = Object.values(commands).map(({ words }) => `  ventes ${words}`);
  console.error([...(name ? [`no command « ${name} »`] : []), "commands:", ...list].join("\n"));
  return 2;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error);
  return 1;
});
