import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'site/']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'test/web/**/*.{ts,tsx}'],
    extends: [
      jsxA11y.flatConfigs.strict,
      reactHooks.configs.flat['recommended-latest'],
    ],
    rules: {
      // Components ask through `useFlag` of src/flags.ts, which knows every key and its safe default.
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@openfeature/react-sdk',
              importNames: [
                'FeatureFlag',
                'useBooleanFlagDetails',
                'useBooleanFlagValue',
                'useFlag',
                'useSuspenseFlag',
              ],
              message: 'Use useFlag of src/flags.ts.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/flags.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
);
