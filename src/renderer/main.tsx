import './no-eval.ts';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { start } from './start.ts';
import { followTheme } from './state/theme.ts';
import { language } from './words/t.ts';
import './styles/motion.css';

document.documentElement.lang = language;
followTheme();
start();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
