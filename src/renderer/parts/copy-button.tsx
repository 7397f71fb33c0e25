import { useState } from 'react';
import { toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';
import { IconButton } from './button.tsx';

interface CopyButtonProps {
  label: string;
  /** Makes the text, only when it is asked for. Undefined: there is none, and the user was told why. */
  text: () => string | undefined | Promise<string | undefined>;
}

/** Copies a text; says so for a moment. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      const copied = await text();
      if (copied === undefined) return;
      await navigator.clipboard.writeText(copied);
      setDone(true);
      setTimeout(() => setDone(false), 1500);
    } catch {
      toast('error', t('copy.failed'));
    }
  };
  return (
    <IconButton
      icon={done ? 'check' : 'copy'}
      label={done ? t('copy.done') : label}
      onClick={() => void copy()}
    />
  );
}
