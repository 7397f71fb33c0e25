import './no-eval.ts';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { SpokenApp } from './spoken-app.tsx';
import { start } from './start.ts';
import { followTheme } from './state/theme.ts';
import { startLanguage } from './words/language.ts';
import './styles/contrast.css';
import './styles/motion.css';

followTheme();
await startLanguage();
start();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <SpokenApp />
  </StrictMode>,
);
