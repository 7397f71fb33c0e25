import { asElectron, expect, test } from './window.ts';

test.describe('the page in the window', () => {
  test('is served with a strict policy on an origin of its own, and that policy holds', async ({
    page,
    complaints,
  }) => {
    const answer = await page.evaluate(async () => {
      const response = await fetch('index.html');
      return { policy: response.headers.get('content-security-policy'), secure: isSecureContext };
    });
    expect(answer.secure).toBe(true);
    expect(answer.policy).toContain("default-src 'none'");
    expect(answer.policy).not.toContain('unsafe');

    const tried = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.foreignScriptRan = true';
      document.head.append(script);
      const blocked = async (run: () => Promise<unknown>) =>
        run().then(
          () => false,
          () => true,
        );
      return {
        inline: 'foreignScriptRan' in window,
        // In a turn of its own: what Playwright itself evaluates is let through.
        evaluated: await new Promise<boolean>((resolve) => {
          setTimeout(() => {
            try {
              resolve(new Function('return true')() as boolean);
            } catch {
              resolve(false);
            }
          });
        }),
        fetchBlocked: await blocked(() => fetch('https://example.com/')),
        framed: await (() => {
          const frame = document.createElement('iframe');
          frame.src = 'https://example.com/';
          document.body.append(frame);
          return new Promise<boolean>((resolve) => {
            document.addEventListener('securitypolicyviolation', (event) => {
              if (event.violatedDirective.startsWith('frame-src')) resolve(false);
            });
          });
        })(),
      };
    });
    expect(tried).toEqual({ inline: false, evaluated: false, fetchBlocked: true, framed: false });
    expect(complaints.splice(0).join('\n')).toContain('Content Security Policy');
  });

  test('sees nothing of Node and nothing of Electron but the bridge, which it cannot change', async ({
    page,
  }) => {
    const seen = await page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
      bridge: Object.keys((window as unknown as { poolboard: object }).poolboard).sort(),
      frozen: Object.isFrozen((window as unknown as { poolboard: object }).poolboard),
    }));
    expect(seen).toEqual({ globals: [], bridge: ['onMessage', 'pathsOf', 'send'], frozen: true });
  });

  test('opens no other window', async ({ page, host }) => {
    await page.evaluate(() => {
      open('https://example.com/');
      const link = Object.assign(document.createElement('a'), {
        href: 'https://example.com/',
        target: '_blank',
      });
      document.body.append(link);
      link.click();
    });
    await expect.poll(() => page.context().pages().length).toBe(1);
    expect(await asElectron(host).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(
      1,
    );
  });

  test('leads to no other page', async ({ page, complaints }) => {
    const before = page.url();
    for (const away of ['https://example.com/', 'data:text/html,hello', 'file:///etc/passwd']) {
      await page.evaluate((url) => {
        location.href = url;
      }, away);
      await page.evaluate((url) => {
        const link = Object.assign(document.createElement('a'), { href: url });
        document.body.append(link);
        link.click();
        link.remove();
      }, away);
    }
    // Whatever was to be started has been by the time that the page has answered to something else.
    await expect(page.getByRole('heading', { name: 'New batch' })).toBeVisible();
    expect(page.url().replace(/#.*/, '')).toBe(before.replace(/#.*/, ''));
    // Chromium says of some of them why.
    complaints.length = 0;
  });

  test('is denied what it might ask for, but to fill the clipboard', async ({ page }) => {
    const states = await page.evaluate(async () => {
      const ask = async (name: string) =>
        (await navigator.permissions.query({ name: name as PermissionName })).state;
      return {
        geolocation: await ask('geolocation'),
        notifications: await ask('notifications'),
        camera: await ask('camera'),
        microphone: await ask('microphone'),
        read: await ask('clipboard-read'),
        write: await ask('clipboard-write'),
      };
    });
    expect(states).toEqual({
      geolocation: 'denied',
      notifications: 'denied',
      camera: 'denied',
      microphone: 'denied',
      read: 'denied',
      write: 'granted',
    });
  });

  test('is answered, but with an error, where it sends what the contract does not hold', async ({ page }) => {
    const replies = await page.evaluate(async () => {
      interface Reply {
        type: string;
        id: number;
        ok: boolean;
        error?: { code: string };
      }
      const { poolboard } = window as unknown as {
        poolboard: { send(message: unknown): void; onMessage(listener: (reply: Reply) => void): void };
      };
      const call = (id: number, name: string, argument?: unknown) =>
        new Promise<string>((resolve) => {
          poolboard.onMessage((reply) => {
            if (reply.type === 'reply' && reply.id === id) resolve(reply.ok ? 'ok' : reply.error!.code);
          });
          poolboard.send({ type: 'call', id, name, argument });
        });
      // Of no shape at all: nobody answers, and nothing ends.
      poolboard.send('hello');
      poolboard.send(null);
      poolboard.send({ type: 'call', id: 'x', name: {} });
      return {
        unknown: await call(9001, 'host.evaluate', 'process.exit()'),
        prototype: await call(9002, '__proto__.toString'),
        size: await call(9003, 'pool.setSize', { size: 1e9 }),
        spec: await call(9004, 'batches.submit', { definition: { kind: 'shell', line: 'rm -rf ~' } }),
        event: await call(9005, 'pool.changed', {}),
        fine: await call(9006, 'pool.view'),
      };
    });
    expect(replies).toEqual({
      unknown: 'UNKNOWN_CALL',
      prototype: 'UNKNOWN_CALL',
      size: 'BAD_ARGUMENT',
      spec: 'BAD_ARGUMENT',
      event: 'UNKNOWN_CALL',
      fine: 'ok',
    });
  });
});

test('a message of another page, or of a frame in this one, is not heard', async ({ host }) => {
  const heard = await asElectron(host).evaluate(async ({ BrowserWindow, ipcMain }) => {
    const [window] = BrowserWindow.getAllWindows();
    const { webContents } = window!;
    const { mainFrame } = webContents;
    const answers: string[] = [];
    const send = webContents.send;
    const message = { type: 'call', id: 77, name: 'pool.view' };
    const from = (senderFrame: object | null, sender: object) => ({ sender, senderFrame });
    const frames = {
      page: mainFrame,
      gone: null,
      window: mainFrame,
      frame: { url: mainFrame.url, parent: mainFrame },
      other: { url: 'https://evil.example/', origin: 'https://evil.example', parent: null },
    };
    for (const [name, frame] of Object.entries(frames)) {
      webContents.send = (_channel: string, reply: { id?: number }) => {
        if (reply.id === 77) answers.push(name);
      };
      const sender = name === 'window' ? { id: webContents.id + 1 } : webContents;
      ipcMain.emit('poolboard:call', from(frame, sender), message);
      await new Promise((resolve) => setImmediate(resolve));
    }
    webContents.send = send;
    return answers;
  });
  expect(heard).toEqual(['page']);
});
