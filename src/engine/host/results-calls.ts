import type { PoolboardContract } from '../../shared/contract.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { Handlers } from '../../shared/rpc.ts';
import type { Engine } from '../api.ts';

/** Opens things outside of the window, as this machine does it. */
export interface Opener {
  /** An address of http or https, in the browser. */
  link(url: string): Promise<void>;
  /** A file with its program. */
  file(path: string): Promise<void>;
  /** The folder of a file, with the file chosen where that can be. */
  folder(path: string): Promise<void>;
}

/** What runs when it is opened: such a file is shown in its folder, and left to the person. */
const programs =
  /\.(?:exe|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|msi|msp|scr|pif|cpl|hta|lnk|url|reg|jar|sh|bash|zsh|run|command|app|desktop|appimage|scpt|workflow|py|pyw|rb|pl)$/i;

/** Answers what the results tab asks. No path from the window is taken: it names a batch, a task and a column. */
export function resultsCalls(
  { results }: Engine,
  opener: Opener | undefined,
): Handlers<PoolboardContract, undefined>['results'] {
  return {
    columns: ({ batch, quick }) => results.columns(batch, quick),
    page: ({ batch, query, columns, from, count }) => results.page(batch, query, columns, from, count),
    summary: ({ batch, column }) => results.summary(batch, column),
    cell: ({ batch, task, column }) => results.cell(batch, task, column),
    async open({ batch, task, column, what }) {
      const refuse = (why: string) => new PoolboardError('OPEN_REFUSED', why);
      if (!opener) throw refuse('This host opens nothing outside of its window. Copy the path instead.');
      if (what === 'link') return opener.link(await results.link(batch, task, column));
      const path = await results.file(batch, task, column);
      if (what === 'folder') return opener.folder(path);
      if (programs.test(path)) {
        throw refuse(`${path} is a program, and is not started from here. Show it in its folder instead.`);
      }
      return opener.file(path);
    },
  };
}
