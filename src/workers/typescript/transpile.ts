import { createRequire, SourceMap, type SourceMapPayload, setSourceMapsSupport } from 'node:module';
import type { transformSync } from 'amaro';
import { PoolboardError } from '../../shared/errors.ts';

export interface Transpiled {
  code: string;
  /** Where lines were moved: from the JavaScript back to the TypeScript. Absent where every character kept its place. */
  map?: SourceMap;
}

/** What amaro throws: a plain object. Lines count from 1, columns from 0. */
interface SyntaxReport {
  code: string;
  message: string;
  startLine?: number;
  startColumn?: number;
}

let transform: typeof transformSync | undefined;
let mapsAreOn = false;

/**
 * TypeScript as JavaScript. Types are blanked out, so that lines and columns stay; only where a file has syntax
 * that JavaScript lacks (enums, namespaces, parameter properties, `import x = require()`) it is rewritten, with a
 * source map inside, and stacks are mapped back.
 * @param file absolute path, for messages.
 * @throws PoolboardError TASK_FILE_SYNTAX with its place.
 */
export function transpile(source: string, file: string): Transpiled {
  // Takes some 70 ms, which only those pay who write TypeScript.
  transform ??= (createRequire(import.meta.url)('amaro') as { transformSync: typeof transformSync })
    .transformSync;
  try {
    return { code: transform(source, { mode: 'strip-only', filename: file }).code };
  } catch (error) {
    if (!isReport(error) || error.code !== 'UnsupportedSyntax') throw syntaxError(error, file);
  }
  try {
    const { code, map } = transform(source, { mode: 'transform', sourceMap: true, filename: file });
    if (!map) return { code };
    turnMapsOn();
    const comment = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
    return { code: `${code}\n${comment}\n`, map: new SourceMap(JSON.parse(map) as SourceMapPayload) };
  } catch (error) {
    throw syntaxError(error, file);
  }
}

function turnMapsOn(): void {
  if (mapsAreOn) return;
  mapsAreOn = true;
  setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
}

function isReport(error: unknown): error is SyntaxReport {
  return typeof error === 'object' && error !== null && 'message' in error && 'code' in error;
}

function syntaxError(error: unknown, file: string): unknown {
  if (!isReport(error)) return error;
  const { message, startLine, startColumn } = error;
  const place = { file, line: startLine, column: startColumn === undefined ? undefined : startColumn + 1 };
  return new PoolboardError('TASK_FILE_SYNTAX', message, { place });
}
