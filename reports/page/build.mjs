// Bundles the report page into one HTML template and writes it as a C++ source.
// Usage: node build.mjs OUT.cc DIGEST   (DIGEST: of the files it is bundled from, for its first line)
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const [output, digest] = process.argv.slice(2);
if (!digest) throw new Error('usage: node build.mjs OUT.cc DIGEST');

async function bundle(entry) {
  const result = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2021',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return result.outputFiles[0].text.trim();
}

const [html, script, style] = await Promise.all([
  readFile(join(here, 'index.html'), 'utf8'),
  bundle('src/main.ts'),
  bundle('src/style.css'),
]);
// Replacement functions, because "$&" in bundled code must not be taken as a pattern.
const page = html
  .replace('/*style*/', () => style.replaceAll('</', '<\\/'))
  .replace('/*script*/', () => script.replaceAll('</script', '<\\/script'));

// Compilers limit the length of one literal; the page is a list of pieces, cut between characters.
const kPieceBytes = 12000;
const pieces = [];
let piece = '';
for (const character of page) {
  piece += character;
  if (Buffer.byteLength(character) + piece.length > kPieceBytes) {
    pieces.push(piece);
    piece = '';
  }
}
pieces.push(piece);
const delimiter = 'boardless-page';
if (page.includes(`)${delimiter}"`)) throw new Error('the page contains the raw string delimiter');
const literals = pieces.map((text) => `    R"${delimiter}(${text})${delimiter}",\n`).join('');
await writeFile(
  output,
  `// The report page without its document, bundled from reports/page ${digest}
#include "reports/page_template.h"

namespace boardless::reports {
namespace {

const std::string_view kPieces[] = {
${literals}};

}  // namespace

std::span<const std::string_view> page_template() { return kPieces; }

}  // namespace boardless::reports
`,
);
