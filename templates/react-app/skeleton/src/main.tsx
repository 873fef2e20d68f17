import { OpenFeatureProvider } from '@openfeature/react-sdk';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { reportError, watchPage } from './browserEvents.ts';
import { connectFlags } from './connectFlags.ts';
import { loadRuntimeConfig } from './runtimeConfig.ts';
import './styles.css';
import { visitorId } from './visitor.ts';

const element = document.getElementById('root');
if (!element) {
  throw new Error('index.html has no element with the id root');
}
const root = createRoot(element, {
  onCaughtError: (error, { componentStack }) => {
    reportError(error, componentStack ?? '');
  },
  onUncaughtError: (error, { componentStack }) => {
    reportError(error, componentStack ?? '');
  },
});

const config = await loadRuntimeConfig();
watchPage({ sampleRate: config.vitals.sampleRate });
await connectFlags(config.flags, visitorId());
root.render(
  <StrictMode>
    <OpenFeatureProvider>
      <App config={config} />
    </OpenFeatureProvider>
  </StrictMode>,
);
