import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { PriceBatch, PriceTable, PRICE_LABELS, PriceKey } from "../model/prices";
import { PROJECT_FOLDER } from "../settings";
import { runCommand } from "./command";
import { AWS_PRICE_LIST, fetchRegion } from "./prices-fetch";
import { withRegion } from "./prices-merge";
import { startProgress } from "./progress";

const TABLE_FILE = path.join(PROJECT_FOLDER, "model", "price-table.json");
