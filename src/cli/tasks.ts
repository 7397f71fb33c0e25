import { builtinDescriptions } from '../shared/builtins.ts';
import { describeLines } from './describe-lines.ts';
import { exitOk } from './exit-status.ts';
import { print } from './print.ts';
import type { TasksRequest } from './requests.ts';
import type { Terminal } from './terminal.ts';
import { withPassingEngine } from './with-engine.ts';

/** `poolboard tasks` */
export async function tasks({ definition, json }: TasksRequest, terminal: Terminal): Promise<number> {
  const descriptions = definition
    ? [await withPassingEngine((engine) => engine.describe(definition))]
    : builtinDescriptions;
  const lines = json
    ? descriptions.map((description) => JSON.stringify(description))
    : descriptions.flatMap((description, at) => [...(at > 0 ? [''] : []), ...describeLines(description)]);
  await print(terminal, lines);
  return exitOk;
}
