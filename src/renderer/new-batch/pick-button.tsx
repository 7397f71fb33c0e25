import { useRef } from 'react';
import { Button } from '../parts/button.tsx';
import type { IconName } from '../parts/icon.tsx';
import { type PickKind, pick, takePicked } from './dropped.ts';

// React knows no attribute for folders; browsers do.
const folderAttributes = { webkitdirectory: '' } as Record<string, string>;

/** Picks files or a folder: with the host's dialog where it has one, with the browser's otherwise. */
export function PickButton({ what, label, icon }: { what: PickKind; label: string; icon: IconName }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={icon} onClick={() => pick(what, input.current)}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        multiple={what === 'files'}
        data-testid={`pick-${what}`}
        {...(what === 'folder' ? folderAttributes : {})}
        onChange={(event) => takePicked(event.target, what)}
      />
    </>
  );
}
