/** The walls of the house. `npm run walls` plants trespasses against each one and expects every one to be caught. */
const test = "\\.(test|spec)\\.tsx?$|^(server/(test|bench)|miniapp/e2e|h5/(e2e|bench))/";
const ours = "^(packages|server|miniapp|h5)/";
const floors = "^server/src/(foundation|features)/";
const wall = (name, from, to) => ({ name, severity: "error", from, to });

module.exports = {
  forbidden: [
    wall("no-cycles", {}, { circular: true }),
    // frame.css is a name that the miniapp's build gives to another style sheet on each platform.
    wall("unresolved", {}, { couldNotResolve: true, pathNot: "^frame\\.css$" }),
    wall("domain-is-pure", { path: "^packages/domain/", pathNot: test }, { pathNot: "^packages/domain/" }),
    wall(
      "contract-is-shapes",
      { path: "^packages/contract/src/", pathNot: test },
      { pathNot: "^packages/(contract|domain)/|node_modules/zod/" },
    ),
    wall(
      "connectors-face-out",
      { path: "^packages/connectors/", pathNot: test },
      { path: ours, pathNot: "^packages/(connectors|domain)/" },
    ),
    wall("sandbox-shares-nothing", { path: "^packages/sandbox/" }, { path: ours, pathNot: "^packages/sandbox/" }),
    wall("minihost-stands-alone", { path: "^packages/minihost/" }, { path: ours, pathNot: "^packages/minihost/" }),
    wall(
      "sandbox-is-for-tests",
      { path: ours, pathNot: `${test}|^packages/sandbox/` },
      { path: "^packages/(sandbox|minihost)/", pathNot: "^packages/minihost/" },
    ),
    wall(
      "front-doors",
      { path: `${floors}([^/]+)/`, pathNot: "/schema[^/]*\\.ts$" },
      { path: floors, pathNot: "^server/src/($1/$2/|foundation/[^/]+/index\\.ts$)" },
    ),
    wall(
      "root-uses-front-doors",
      { path: "^server/src/([^/]+\\.ts$|tools/)", pathNot: test },
      { path: `${floors}[^/]+/`, pathNot: "/index\\.ts$" },
    ),
    wall(
      "schemas-point-down",
      { path: `${floors}([^/]+)/schema[^/]*\\.ts$` },
      { path: "^server/src/", pathNot: "^server/src/(kernel/|$1/$2/schema|foundation/[^/]+/schema)" },
    ),
    wall(
      "base-looks-down",
      { path: "^(server/src/kernel|miniapp/src/(platform|ui)|h5/desk/src/ui)/" },
      {
        path: "^(server/src/((foundation|features|tools)/|[^/]+$)|miniapp/src/(features|tabs)/|h5/desk/src/features/)",
      },
    ),
    wall(
      "only-stores-speak-sql",
      { path: floors, pathNot: "/(store|schema)[^/]*\\.ts$|\\.test\\.ts$" },
      { path: "node_modules/(drizzle-orm|mysql2)/" },
    ),
    wall(
      "adapters-at-the-root",
      { path: "^server/src/", pathNot: `^server/src/(main|outside)\\.ts$|${test}` },
      { path: "^packages/connectors/src/", pathNot: "^packages/connectors/src/((ports|fault)\\.ts|[^/]+/port\\.ts)$" },
    ),
    wall("products-know-no-tests", { path: "^server/src/", pathNot: test }, { path: "^server/(test|bench)/" }),
    wall(
      "features-are-strangers",
      { path: "^(miniapp/src|h5/desk/src)/features/([^/]+)/" },
      { path: "^$1/features/", pathNot: "^$1/features/$2/" },
    ),
    wall(
      "tabs-and-features-are-strangers",
      { path: "^miniapp/src/(tabs|features)/" },
      { path: "^miniapp/src/(tabs|features)/", pathNot: "^miniapp/src/$1/" },
    ),
    wall(
      "clients-see-types-only",
      { path: "^(miniapp|h5)/", pathNot: test },
      { path: "^(server|packages/connectors)/", dependencyTypesNot: ["type-only"] },
    ),
    wall("h5-takes-the-build", { path: "^h5/" }, { path: "^miniapp/src/" }),
    wall("miniapp-knows-no-browser-house", { path: "^miniapp/", pathNot: test }, { path: "^h5/" }),
  ],
  options: {
    tsPreCompilationDeps: true, // a type import is still a dependency
    tsConfig: { fileName: "tsconfig.base.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|\\.screens)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "default"],
      extensions: [".ts", ".tsx", ".weapp.ts", ".h5.ts", ".mjs", ".js", ".d.ts"],
    },
  },
};
