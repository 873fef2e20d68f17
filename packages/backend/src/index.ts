import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-proxy-backend'));
backend.add(import('@backstage/plugin-events-backend'));

// Sign-in
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

// Permissions
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);

// Catalog
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@goldenpath/backstage-plugin-catalog-backend-module-golden-path'),
);

// Create page: the suite's own actions, and the publish actions of each forge
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@goldenpath/backstage-plugin-scaffolder-backend-module-golden-path'),
);
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitlab'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitea'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-bitbucket-cloud'),
);
backend.add(import('@backstage/plugin-scaffolder-backend-module-azure'));

// A place for the repositories when no forge is configured
backend.add(import('@goldenpath/backstage-plugin-local-git-backend'));
backend.add(import('@goldenpath/backstage-plugin-local-git-backend/urlReader'));
backend.add(import('@goldenpath/backstage-plugin-local-git-backend/catalog'));
backend.add(
  import('@goldenpath/backstage-plugin-local-git-backend/goldenPath'),
);

// Scoring, drift, updates and downstream health, with what GitHub, GitLab, Tech Insights, Prometheus and Unleash know, and
// pull requests on the forges, where they are configured
backend.add(import('@goldenpath/backstage-plugin-golden-path-backend'));
backend.add(
  import('@goldenpath/backstage-plugin-golden-path-backend-module-github'),
);
backend.add(
  import('@goldenpath/backstage-plugin-golden-path-backend-module-gitlab'),
);
backend.add(
  import('@goldenpath/backstage-plugin-golden-path-backend-module-gitea'),
);
backend.add(
  import(
    '@goldenpath/backstage-plugin-golden-path-backend-module-bitbucket-cloud'
  ),
);
backend.add(
  import('@goldenpath/backstage-plugin-golden-path-backend-module-azure'),
);
backend.add(
  import(
    '@goldenpath/backstage-plugin-golden-path-backend-module-tech-insights'
  ),
);
backend.add(
  import('@goldenpath/backstage-plugin-golden-path-backend-module-prometheus'),
);
backend.add(
  import('@goldenpath/backstage-plugin-golden-path-backend-module-unleash'),
);

// Docs and search
backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));

backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

backend.start();
