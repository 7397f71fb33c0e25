const key = 'poolboard.recent';
const most = 12;

/** The ids of what was chosen from the palette, the latest first. */
export function recentIds(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberRecent(id: string): void {
  const ids = [id, ...recentIds().filter((other) => other !== id)];
  localStorage.setItem(key, JSON.stringify(ids.slice(0, most)));
}
