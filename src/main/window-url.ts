export const windowScheme = 'poolboard';
const host = 'app';

/** What the window loads. */
export const windowUrl = `${windowScheme}://${host}/index.html`;

/** True for a URL of the window itself, and for no other page's. */
export function isWindowUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === `${windowScheme}:` && url.host === host;
}
