import type { RuntimeConfig } from '../shared/runtimeConfig.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Greeting } from './Greeting.tsx';

interface Props {
  config: RuntimeConfig;
}

/** The page: what it is, the part that does something, and which release of it this is. */
export function App({ config }: Props) {
  const { environment, service } = config;
  const isElsewhere = environment !== '' && environment !== 'production';
  return (
    <div className="page">
      <header>
        <p className="brand">{service.name}</p>
        {isElsewhere && <p className="badge">{environment}</p>}
      </header>
      <main>
        <h1>Greetings</h1>
        <p className="lead">
          Say who you are and be greeted. This page is an example to replace.
        </p>
        <ErrorBoundary>
          <Greeting />
        </ErrorBoundary>
      </main>
      <footer>
        <p>Version {service.version}</p>
      </footer>
    </div>
  );
}
