import { resultLine } from '../engine/export/index.ts';
import { taskQuerySchema } from '../shared/views.ts';
import { exitOk } from './exit-status.ts';
import type { ExportRequest } from './requests.ts';
import { createLineWriter } from './results/line-writer.ts';
import type { Terminal } from './terminal.ts';
import { batchOf, withEngine } from './with-engine.ts';
import { written } from './written.ts';

/** `poolboard export` */
export function exportBatch(
  { dataDir, batch, to, filter }: ExportRequest,
  terminal: Terminal,
): Promise<number> {
  return withEngine(dataDir, async (engine) => {
    const { id, name } = await batchOf(engine, batch);
    const query = taskQuerySchema.parse({ filter });
    if (to) {
      const count = await engine.exports.toFile({ batch: id, format: to.format, query }, to.path);
      const { what, verb } = written(to.format, count);
      terminal.stderr.write(`${what} of batch ${id} (${name}) ${verb} in ${to.path}.\n`);
      return exitOk;
    }
    const rows = engine.exportRows(id, query);
    const writer = createLineWriter(terminal.stdout);
    try {
      for await (const slice of rows) await writer.write(slice.map((row) => `${resultLine(row)}\n`).join(''));
      await writer.flush();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    }
    return exitOk;
  });
}
