package newswire.normalizer;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** One memory budget for all stores of the process, whatever the number of partitions. Kafka Streams makes its instances. */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long BUDGET = 64L << 20;
    private static final long WRITE_BUFFERS = 24L << 20;
    private static final Cache CACHE;
    private static final WriteBufferManager BUFFERS;

    static {
        RocksDB.loadLibrary();
        CACHE = new LRUCache(BUDGET);
        BUFFERS = new WriteBufferManager(WRITE_BUFFERS, CACHE);
    }

    /** For Kafka Streams. */
    public BoundedRocksDb() {}

    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setFilterPolicy(new BloomFilter());
        options.setWriteBufferManager(BUFFERS);
        options.setWriteBufferSize(4L << 20);
        options.setMaxWriteBufferNumber(2);
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String store, Options options) {
        // The cache and the buffers are shared by all stores and live as long as the process.
    }
}
