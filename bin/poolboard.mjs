#!/usr/bin/env node
// What `npx poolboard` starts in a checkout. Plain JavaScript, for it runs on the machine's own Node (20.19 or
// newer); Poolboard itself needs Node 24, which the checkout brings along.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundledNode, isNewEnough, runOn } from '../scripts/lib/node-24.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = fileURLToPath(new URL('../out/main/cli.js', import.meta.url));

if (!existsSync(cli)) {
  console.error('poolboard: Poolboard is not built yet. In its folder, run: npm ci && npm run build');
  process.exit(2);
}
if (isNewEnough()) {
  await import('../out/main/cli.js');
} else {
  const node = bundledNode(root);
  if (!node) {
    console.error(
      `poolboard: Poolboard needs Node 24, and this is Node ${process.versions.node}. In its folder, run npm ci, which brings it along.`,
    );
    process.exit(2);
  }
  process.exit(await runOn(node, [cli, ...process.argv.slice(2)]));
}
