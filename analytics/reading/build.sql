select number, built_at from meta.build
