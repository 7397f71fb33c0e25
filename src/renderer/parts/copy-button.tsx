import { useState } from 'react';
import { toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';
import { IconButton } from './button.tsx';

/** Copies a text, made only when it is asked for; says so for a moment. */
export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
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
