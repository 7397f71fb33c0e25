import { app, type BrowserWindow } from 'electron';
import type { Engine } from '../engine/api.ts';
import type { BatchId } from '../shared/task.ts';
import { createNotifications } from './notifications.ts';
import { notify } from './notify.ts';
import { followSession } from './session.ts';
import { createTaskbarProgress } from './taskbar-progress.ts';
import { createTray } from './tray.ts';
import { createUnseen } from './unseen.ts';
import { isInFront } from './window.ts';

export interface AroundSteps {
  engine: Pick<Engine, 'on' | 'pause' | 'resume'>;
  /** Brings the window before the person. */
  open(): void;
  openBatch(batch: BatchId): void;
}

/** What shows the batches around the window: the taskbar, the tray, the badge and notifications. */
export interface Around {
  /** Follows a window that was just made, until it is closed. */
  follow(window: BrowserWindow): void;
}

export function createAround({ engine, open, openBatch }: AroundSteps): Around {
  let window: BrowserWindow | undefined;
  /** A window that has not drawn yet is not a hidden one. */
  let wasShown = false;
  const looksAt = () => window !== undefined && isInFront(window);

  const unseen = createUnseen();
  const notifications = createNotifications({ isInFront: looksAt, show: notify, open: openBatch });
  const showProgress = createTaskbarProgress();
  const session = followSession(engine, {
    changed: () => update(),
    ended(batch) {
      notifications.ended(batch);
      if (!looksAt()) unseen.add();
    },
    noticed: notifications.noticed,
  });

  const eachRunning = (act: (batch: BatchId) => Promise<unknown>) => {
    // One that has ended meanwhile needs nothing any more.
    for (const { id } of session.running()) act(id).catch(() => {});
  };
  const tray = createTray({
    open,
    openBatch,
    pauseAll: () => eachRunning((batch) => engine.pause(batch)),
    resumeAll: () => eachRunning((batch) => engine.resume(batch)),
    quit: () => app.quit(),
  });

  const update = () => {
    const overall = session.overall();
    const isHidden = wasShown && window !== undefined && !window.isVisible() && !window.isMinimized();
    showProgress(window, overall);
    tray.update(session, overall.running > 0 || isHidden);
  };

  return {
    follow(opened) {
      window = opened;
      wasShown = false;
      opened.on('show', () => {
        wasShown = true;
        update();
      });
      opened.on('hide', update);
      opened.on('focus', unseen.seen);
      opened.once('closed', () => {
        window = undefined;
        update();
      });
    },
  };
}
