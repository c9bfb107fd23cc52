export * from "./primitives.tsx";
