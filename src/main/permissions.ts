import type { Session, WebContents } from 'electron';
import { isWindowUrl } from './window-url.ts';

/**
 * What the window may ask of Chromium beyond showing itself. All else (camera, microphone, location, devices,
 * notifications, reading the clipboard, …) is denied without a question.
 */
const allowed: ReadonlySet<string> = new Set([
  // The buttons that copy an error or a result.
  'clipboard-sanitized-write',
]);

/** Denies every permission that is not in the list above. For each session, before it loads a page. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((webContents, permission, answer) =>
    answer(allowed.has(permission) && isWindowUrl(urlOf(webContents))),
  );
  session.setPermissionCheckHandler(
    (webContents, permission) =>
      allowed.has(permission) && webContents !== null && isWindowUrl(urlOf(webContents)),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
}

const urlOf = (webContents: WebContents): string => webContents.getURL();
