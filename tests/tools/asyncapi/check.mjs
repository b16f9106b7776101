// What AsyncAPI's own parser says of documents: `node check.mjs FILE...` prints one JSON object a line and exits 0.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const severities = ["error", "warning", "information", "hint"];
for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await new Parser().parse(readFileSync(file, "utf8"));
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
}
