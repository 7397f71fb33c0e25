import { Notification } from 'electron';
import type { Message } from './messages.ts';

/** What has not been clicked or closed yet; without a reference to it nobody would hear of a click. */
const shown = new Set<Notification>();
/** Some desktops never say that one was closed. */
const most = 50;

/** Shows a notification of the system, where it has them. */
export function notify({ title, body }: Message, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  const forget = () => shown.delete(notification);
  notification.on('click', () => {
    forget();
    onClick();
  });
  notification.on('close', forget);
  notification.on('failed', forget);
  shown.add(notification);
  for (const oldest of shown) {
    if (shown.size <= most) break;
    shown.delete(oldest);
  }
  notification.show();
}
