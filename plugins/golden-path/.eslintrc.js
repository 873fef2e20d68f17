const config = require('@backstage/cli/config/eslint-factory')(__dirname);

// The component library is named in one folder only, so that it can be exchanged there.
const libraries = [
  '@material-ui/*',
  '@material-ui/*/**',
  '@mui/*',
  '@mui/*/**',
  '@backstage/core-components',
];

module.exports = {
  ...config,
  overrides: [
    ...(config.overrides ?? []),
    {
      files: ['src/**/*.ts', 'src/**/*.tsx'],
      excludedFiles: ['src/ui/**'],
      rules: {
        '@typescript-eslint/no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                group: libraries,
                message: 'Use a component of src/ui, or add one there.',
              },
            ],
          },
        ],
      },
    },
  ],
};
