// Bundles each page into one HTML template and writes them as a C++ source.
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

// The page of `name`: NAME.html in the shell of all pages, with its script and the style sheet.
async function page(name, title, entry) {
  const [shell, body, script, style] = await Promise.all([
    readFile(join(here, 'shell.html'), 'utf8'),
    readFile(join(here, `${name}.html`), 'utf8'),
    bundle(entry),
    bundle('src/style.css'),
  ]);
  // Replacement functions, because "$&" in bundled code must not be taken as a pattern.
  return shell
    .replace('/*title*/', () => title)
    .replace('<!--body-->\n', () => body)
    .replace('/*style*/', () => style.replaceAll('</', '<\\/'))
    .replace('/*script*/', () => script.replaceAll('</script', '<\\/script'));
}

// Compilers limit the length of one literal; a page is a list of pieces, cut between characters.
const kPieceBytes = 12000;
const delimiter = 'boardless-page';
function literals(text) {
  if (text.includes(`)${delimiter}"`)) throw new Error('a page contains the raw string delimiter');
  const pieces = [];
  let piece = '';
  for (const character of text) {
    piece += character;
    if (Buffer.byteLength(character) + piece.length > kPieceBytes) {
      pieces.push(piece);
      piece = '';
    }
  }
  pieces.push(piece);
  return pieces.map((each) => `    R"${delimiter}(${each})${delimiter}",\n`).join('');
}

// As the enumerators of Page name them (reports/page_template.h).
const pages = await Promise.all(
  [
    ['Prediction', 'prediction', 'boardless report', 'src/main.ts'],
    ['Sweep', 'sweep', 'boardless sweep', 'src/sweep/main.ts'],
    ['Run', 'run', 'boardless run', 'src/run/main.ts'],
    ['Comparison', 'comparison', 'boardless comparison', 'src/compare/main.ts'],
  ].map(async ([name, ...rest]) => [name, await page(...rest)]),
);
await writeFile(
  output,
  `// The report pages without their documents, bundled from reports/page ${digest}
#include "reports/page_template.h"

namespace boardless::reports {
namespace {

${pages.map(([name, text]) => `const std::string_view k${name}[] = {\n${literals(text)}};\n`).join('\n')}
}  // namespace

std::span<const std::string_view> page_template(Page page) {
  switch (page) {
${pages.map(([name]) => `    case Page::k${name}:\n      return k${name};\n`).join('')}  }
  return {};
}

}  // namespace boardless::reports
`,
);
