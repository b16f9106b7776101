// What AsyncAPI's own parser says of a document: `node check.mjs FILE` prints one JSON object and exits 0.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const severities = ["error", "warning", "information", "hint"];
console.log(
  JSON.stringify({
    diagnostics: diagnostics.map(({ severity, code, path, message }) => ({
      severity: severities[severity],
      code,
      path: path.join("/"),
      message,
    })),
    channels: document?.allChannels().all().map((channel) => channel.address()) ?? [],
    operations: document?.allOperations().all().map((operation) => operation.id()) ?? [],
    messages: document?.allMessages().all().map((message) => message.name()) ?? [],
  }),
);
