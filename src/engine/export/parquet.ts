import type { SchemaElement } from 'hyparquet';
import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { ResultColumn } from '../../shared/contract/results.ts';
import { timeOf } from '../results/kinds.ts';
import type { ExportRow } from '../store/store.ts';
import type { Output, RowSink } from './output.ts';
import type { Table } from './table.ts';

/** Rows of a group, which is what is in memory at once, and about how many characters of texts. */
const groupRows = 50_000;
const groupCharacters = 16_000_000;

/** Writes Parquet in groups of rows: numbers, booleans and times as such, arrays and objects as JSON. */
export async function parquetSink(out: Output, table: Table): Promise<RowSink> {
  const { columns } = table;
  const bytes = new ByteWriter(1024 * 1024);
  const flush = async () => {
    const chunk = bytes.getBytes().slice();
    // The place in the file goes on, the place in the buffer begins anew.
    Object.assign(bytes, { index: 0 });
    await out.write(chunk);
  };
  const writer = new ParquetWriter({
    writer: Object.assign(bytes, { flush }),
    schema: schemaOf(columns),
    createdBy: 'Poolboard',
  });
  let data: unknown[][] = columns.map(() => []);
  let characters = 0;

  const writeGroup = async () => {
    const group = data;
    data = columns.map(() => []);
    characters = 0;
    const columnData = columns.map(({ title }, at) => ({ name: title, data: group[at]! }));
    await writer.write({ columnData, rowGroupSize: groupRows });
  };
  const add = (row: ExportRow) => {
    table.valuesOf(row).forEach((value, at) => {
      data[at]!.push(storedAs(columns[at]!, value));
    });
    characters += row.input.length + (row.value?.length ?? 0);
  };
  return {
    async rows(rows) {
      for (const row of rows) {
        add(row);
        if (data[0]!.length >= groupRows || characters > groupCharacters) await writeGroup();
      }
    },
    async end() {
      if (data[0]!.length > 0) await writeGroup();
      await writer.finish();
      await flush();
    },
  };
}

function schemaOf(columns: readonly ResultColumn[]): SchemaElement[] {
  return schemaFromColumnData({
    columnData: columns.map((column) => ({
      name: column.title,
      data: [],
      type: typeOf(column),
      nullable: true,
    })),
  });
}

function typeOf({ type, whole }: ResultColumn): BasicType {
  switch (type) {
    case 'number':
      return whole ? 'INT64' : 'DOUBLE';
    case 'boolean':
      return 'BOOLEAN';
    case 'time':
      return 'TIMESTAMP';
    case 'json':
      return 'JSON';
    default:
      return 'STRING';
  }
}

/** A value as the column's type wants it. The types are those of these very rows, so none is of another one. */
function storedAs({ type, whole }: ResultColumn, value: unknown): unknown {
  // An empty text is no kind of value: it may stand among numbers.
  const isTyped = type === 'number' || type === 'boolean' || type === 'time';
  if (value === null || (value === '' && isTyped)) return null;
  switch (type) {
    case 'number':
      return whole ? BigInt(value as number) : value;
    case 'time':
      return new Date(timeOf(value as string));
    case 'boolean':
    case 'json':
      return value;
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}
