import { defineConfig } from "drizzle-kit";

/** `drizzle-kit generate` drafts SQL from the schemas; what is kept is copied into a numbered file by hand and reviewed. */
export default defineConfig({
  dialect: "mysql",
  schema: "./src/**/schema*.ts",
  out: "../.data/drizzle-draft",
});
