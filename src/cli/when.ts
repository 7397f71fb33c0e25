/** A time of this machine's clock that sorts and that everybody reads alike: `2026-03-01 20:08`. */
export function dateAndTime(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** As {@link dateAndTime}, with seconds. */
export function dateAndTimeWithSeconds(at: number): string {
  return `${dateAndTime(at)}:${String(new Date(at).getSeconds()).padStart(2, '0')}`;
}
