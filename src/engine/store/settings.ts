import type { Database } from './database.ts';

export function readSetting(db: Database, name: string): string | null {
  return db.get<{ value: string }>('SELECT value FROM settings WHERE name = ?', name)?.value ?? null;
}

export function writeSetting(db: Database, name: string, value: string): void {
  db.run(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    name,
    value,
  );
}
